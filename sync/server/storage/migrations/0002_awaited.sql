-- Reversals that came before their sale: a restored head office hears its counters in any order.
CREATE TABLE awaited (
    sale_id BLOB NOT NULL CHECK (length(sale_id) = 16),
    op      BLOB NOT NULL CHECK (length(op) = 16),
    PRIMARY KEY (sale_id, op)
) STRICT, WITHOUT ROWID;
