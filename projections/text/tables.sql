-- What search compares: without case, accents and compatibility forms, the same for what is stored
-- and for what is looked for. Declared immutable, which unaccent() itself is not: its rules are a
-- file of the server's. A server with other rules needs the read model built anew.
CREATE FUNCTION search_key(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN normalize(
        casefold(
            extensions.unaccent('extensions.unaccent'::regdictionary, normalize(word, NFKD))
            COLLATE pg_catalog.pg_unicode_fast
        ),
        NFC
    );
END
$$;

-- The LIKE pattern of a literal substring: % _ and \ mean themselves.
CREATE FUNCTION search_pattern(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN '%' || regexp_replace(search_key(trim(word)), '([\\%_])', '\\\1', 'g') || '%';
END
$$;
