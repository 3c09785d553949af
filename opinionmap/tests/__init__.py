"""The proofs of the opinion map."""
