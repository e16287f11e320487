"""Files that leave: a folder a format, each written from contracts, never from models."""
