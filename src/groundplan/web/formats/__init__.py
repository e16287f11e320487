"""How dates are written, one way a language: Django finds these by FORMAT_MODULE_PATH."""
