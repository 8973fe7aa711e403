"""The last room that sees raw figures: takes the site and raw tables, hands out facts that are safe to publish."""
