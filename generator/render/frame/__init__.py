"""What stands around a page: its slots and shell, metadata, headers, and the policy for its markup."""
