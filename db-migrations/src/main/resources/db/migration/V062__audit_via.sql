-- The audit knows more ways than when its table was made: sign-ins have ways of their own.

COMMENT ON COLUMN audit.via IS 'how the caller was known: session, token, open, or none; at a sign-in password or provider';
