"""The dialogs: what a person asks for and closes again."""
