"""The form versions as data: tables, rows, columns, label variants, identities. See docs/add-a-form.md."""

from gxcrawl.forms.load import load_form, load_forms
from gxcrawl.forms.schema import Block, Column, Form, Identity, Row, Slot, Table

__all__ = ["Block", "Column", "Form", "Identity", "Row", "Slot", "Table", "load_form", "load_forms"]
