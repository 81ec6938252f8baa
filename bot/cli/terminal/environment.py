"""The part of a command's help that lists the environment variables it reads."""

from pydantic_settings import BaseSettings


def variables(settings: type[BaseSettings], required: str = "required") -> str:
    """Return, as Markdown, each variable of the settings with its meaning and its default.

    `required` is the note for variables without a default.
    """
    lines = ["**Environment variables**", ""]
    for name, field in settings.model_fields.items():
        if field.is_required():
            note = f" [{required}]"
        elif field.default is None or field.default_factory is not None:
            note = ""  # the description names a default that depends on the host
        else:
            note = f" [default: `{field.default}`]"
        lines.append(f"- `{name.upper()}`: {field.description}{note}")
    return "\n".join(lines)
