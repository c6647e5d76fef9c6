"""The ways a table survives in plain text, one file per layout. None of them knows a form or a label."""
