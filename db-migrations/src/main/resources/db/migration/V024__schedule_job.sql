-- The job that Quartz runs has another name since its class moved.
UPDATE qrtz_job_details SET job_class_name = 'dev.bes.orchestrator.trigger.schedule.ScheduleJob'
WHERE job_class_name = 'dev.bes.orchestrator.trigger.FireSchedule';
