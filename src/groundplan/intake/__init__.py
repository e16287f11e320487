"""Reads exports, maps and validates them, writes book and purchase layers."""
