"""The page's sign-in: which ways there are, and what each takes."""
