"""From opened sheets and text to rows of text cells under the contract's headers."""
