"""Settings, addresses and the registries: the composition root."""
