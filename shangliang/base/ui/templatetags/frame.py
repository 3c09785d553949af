"""Put a page written in Django's template language (allauth's) into our frame."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_block_tag(takes_context=True)
def frame(context: dict[str, Any], content: str, title: str = "") -> SafeString:
    inside = {"body": mark_safe(content), "title": title.strip()}  # noqa: S308  rendered and escaped by Django already
    return mark_safe(render_to_string("ui/account.html", inside, request=context["request"]))  # noqa: S308
