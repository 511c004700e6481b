-- The list of fire times goes by time, over all schedules or those of one definition.

CREATE INDEX schedule_fire_by_time ON schedule_fire (fire_time, definition, schedule);
