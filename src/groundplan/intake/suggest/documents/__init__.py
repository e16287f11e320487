"""What words say of a document of a sale: its kind (offer, invoice, credit ...) and its state."""
