-- A member's operations, for what head office publishes once the member is known.
CREATE INDEX operation_by_member ON operation (member_id) WHERE member_id IS NOT NULL;
