"""What people decide about findings: they confirm, dismiss, comment, and take that back."""
