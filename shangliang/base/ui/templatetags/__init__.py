"""The one bridge from Django's template language to our frames."""
