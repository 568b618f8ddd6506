"""Forms: form-js JSON in; a checked submission and rows for a template out, without JavaScript or a web framework."""

from bedrijfsbureau.forms.component import Component, Kind
from bedrijfsbureau.forms.form import Form, read
from bedrijfsbureau.forms.view import Option, Row

__all__ = ["Component", "Form", "Kind", "Option", "Row", "read"]
