"""What signed-in people decide in the browser, written as the command line writes it."""
