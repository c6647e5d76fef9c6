"""Web archive files: writing every answer before it is read, reading it back, mending, proving."""
