"""Draws the controls of a form as the design has them."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """Draw the control of a field, tied to its hint and error; `data_key="n"` becomes data-key."""
    attrs = {name.replace("_", "-"): value for name, value in attrs.items()}
    attrs.setdefault("class", _class_of(field.field.widget))
    describing = [f"{field.auto_id}-hint"] if field.help_text else []
    if field.errors:
        attrs["aria-invalid"] = "true"
        describing.append(f"{field.auto_id}-error")
    attrs["aria-describedby"] = " ".join(describing)
    return field.as_widget(attrs={k: v for k, v in attrs.items() if v})


@register.filter
def is_select(field: BoundField) -> bool:
    widget = field.field.widget
    return isinstance(widget, forms.Select) and not isinstance(
        widget, forms.SelectMultiple | forms.RadioSelect
    )


@register.filter
def is_check(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.Select | forms.CheckboxInput | forms.CheckboxSelectMultiple):
        return ""
    return "input"
