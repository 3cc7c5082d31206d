-- What a platform told us to wait for: every worker honours it. Without a channel it holds for all accounts of the platform.
CREATE TABLE rate_limit (
    id UUID NOT NULL DEFAULT garda_uuidv7(),
    platform TEXT NOT NULL,
    scope TEXT NOT NULL,
    channel_id UUID,
    until TIMESTAMPTZ(3) NOT NULL,
    noted_at TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT rate_limit_pkey PRIMARY KEY (id),
    CONSTRAINT rate_limit_channel_id_fkey FOREIGN KEY (channel_id) REFERENCES channel(id) ON DELETE RESTRICT ON UPDATE CASCADE,
    CHECK (scope IN ('app', 'account', 'endpoint')),
    CHECK ((scope = 'app') = (channel_id IS NULL))
);
CREATE UNIQUE INDEX rate_limit_platform_scope_channel_id_key ON rate_limit (platform, scope, channel_id) NULLS NOT DISTINCT;
CREATE INDEX rate_limit_until_idx ON rate_limit (until);

-- The list of troubled deliveries of a whole government, newest first.
CREATE INDEX publication_government_id_due_at_idx ON publication (government_id, due_at);
