-- Attempts whose job could not read its input: nothing was executed, so they do not count.

ALTER TABLE scoring
    ADD COLUMN unread int NOT NULL DEFAULT 0,
    ADD CONSTRAINT scoring_unread CHECK (unread >= 0 AND unread < attempt) NOT VALID,
    DROP CONSTRAINT scoring_attention,
    ADD CONSTRAINT scoring_attention CHECK (attention IN (
        'submits-unanswered', 'kills-its-node', 'forgotten', 'cannot-deliver', 'input-unreadable')) NOT VALID;

COMMENT ON COLUMN scoring.unread IS 'attempts that do not count against attempts.max: their jobs could not read their input, so nothing was executed';
