"""Form controls in the project's look, tied to their help and their errors."""

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def is_check(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's control with its class; help and error are named to screen readers."""
    described = [f"{field.id_for_label}_help"] if field.help_text else []
    attrs: dict[str, str | bool] = {"class": _css(field.field.widget)}
    if field.errors:
        attrs["aria-invalid"] = "true"
        described.append(f"{field.id_for_label}_errors")
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)


def _css(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, forms.Select):
        kind = "form-select"
    else:
        kind = "form-control"
    return f"{kind} {widget.attrs.get('class', '')}".strip()
