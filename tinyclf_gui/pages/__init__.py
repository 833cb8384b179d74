"""The screens, one a file; they know widgets and models, never each other."""
