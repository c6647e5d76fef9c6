"""What plain Datasette is told of the database; written to datasette-metadata.json."""
