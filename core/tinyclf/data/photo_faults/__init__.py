"""Whether a photo is too bad to grade from: blurred, too dark, glare, cut off, tiny."""
