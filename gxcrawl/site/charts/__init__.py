"""Charts: numbers become a small description, which charts.js draws and which stands below it as a table."""
