package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.query.ScheduleRuns;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.schedule.fire.DatabaseClock;
import dev.bes.orchestrator.trigger.schedule.fire.FireLedger;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFires;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.spi.JobFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.transaction.PlatformTransactionManager;

/** Quartz schedulers that share a real database; they fire only once they are started. */
final class Cluster implements AutoCloseable {
    /** For jobs whose schedules nobody pauses. */
    private static final Scheduler NO_SCHEDULER = (Scheduler) Proxy.newProxyInstance(
            Cluster.class.getClassLoader(), new Class<?>[] {Scheduler.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    /** So that the triggers of each test are its own. */
    final String name = "scheduler-" + UUID.randomUUID();

    final JdbcClient jdbc;
    private final DataSource dataSource;
    private final PlatformTransactionManager transactions;
    private final List<SchedulerFactoryBean> factories = new ArrayList<>();

    Cluster() {
        this(DatabaseFixture.shared(), DatabaseFixture.shared().dataSource());
    }

    Cluster(DatabaseFixture databaseFixture, DataSource dataSource) {
        this.dataSource = dataSource;
        this.transactions = databaseFixture.transactions();
        this.jdbc = databaseFixture.jdbc();
    }

    /** A scheduler whose jobs nobody runs. */
    Scheduler join(String instance) {
        return join(instance, (bundle, scheduler) -> context -> {}, Map.of());
    }

    /** A scheduler with jobs from that factory and some properties that differ. */
    Scheduler join(String instance, JobFactory jobs, Map<String, String> properties) {
        SchedulerFactoryBean factory = new SchedulerFactoryBean();
        factory.setSchedulerName(name);
        factory.setBeanName(instance);
        factory.setAutoStartup(false);
        factory.setJobFactory(jobs);
        factory.setDataSource(dataSource);
        factory.setTransactionManager(transactions);
        factory.setQuartzProperties(properties(instance, properties));
        factory.setExposeSchedulerInRepository(false);
        try {
            factory.afterPropertiesSet();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        factories.add(factory);
        return factory.getScheduler();
    }

    private static Properties properties(String instance, Map<String, String> more) {
        Properties properties = new Properties();
        properties.put("org.quartz.scheduler.instanceId", instance);
        properties.put("org.quartz.scheduler.idleWaitTime", "1000");
        properties.put("org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.put("org.quartz.jobStore.useProperties", "true");
        properties.put("org.quartz.jobStore.isClustered", "true");
        properties.put("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        properties.put("org.quartz.threadPool.threadCount", "1");
        properties.putAll(more);
        return properties;
    }

    /** Has a schedule of a definition fire. */
    void schedule(Scheduler scheduler, String definition, Schedule schedule) throws SchedulerException {
        scheduler.scheduleJob(
                Schedules.job(JobKey.jobKey(schedule.name(), definition)),
                FireTimes.trigger(TriggerKey.triggerKey(schedule.name(), definition), schedule, Instant.now()));
    }

    /** A scheduler that makes the runs of these definitions. */
    Scheduler join(String instance, Definitions definitions, Map<String, String> properties) {
        return join(instance, (bundle, scheduler) -> job(definitions), properties);
    }

    /** What a schedule of these definitions fires. */
    static ScheduleJob job(Definitions definitions) {
        return job(definitions, check(definitions), new ShutdownState());
    }

    static ScheduleJob job(Definitions definitions, FireTimeCheck check, ShutdownState shutdownState) {
        ScheduleFires fires = fires(definitions);
        return new ScheduleJob(
                definitions, fires, pauses(NO_SCHEDULER, fires), check, shutdownState, InstantSource.system());
    }

    /** What a schedule of these definitions fires, by a clock. */
    static ScheduleJob job(Definitions definitions, DatabaseClock clock) {
        ScheduleFires fires = fires(definitions, clock);
        FireTimeCheck check = new FireTimeCheck(DatabaseFixture.shared().jdbc(), clock, definitions);
        return new ScheduleJob(
                definitions, fires, pauses(NO_SCHEDULER, fires), check, new ShutdownState(), InstantSource.system());
    }

    private static FireTimeCheck check(Definitions definitions) {
        JdbcClient jdbc = DatabaseFixture.shared().jdbc();
        return new FireTimeCheck(jdbc, new DatabaseClock(jdbc), definitions);
    }

    /** What decides about the fire times of these definitions. */
    static ScheduleFires fires(Definitions definitions) {
        return fires(definitions, new DatabaseClock(DatabaseFixture.shared().jdbc()));
    }

    /** What decides about the fire times of these definitions, by a clock. */
    static ScheduleFires fires(Definitions definitions, DatabaseClock clock) {
        JdbcClient jdbc = DatabaseFixture.shared().jdbc();
        RunParts node = DatabaseFixture.shared().node("scheduler");
        return new ScheduleFires(
                new FireLedger(jdbc, clock),
                new RecordedFires(jdbc),
                new ScheduleRuns(jdbc),
                new InputFiles(definitions),
                node.runs(),
                node.cancellation(),
                new Transactions(DatabaseFixture.shared().transactions()));
    }

    /** The pauses of a scheduler. */
    static SchedulePauses pauses(Scheduler scheduler, ScheduleFires fires) {
        JdbcClient jdbc = DatabaseFixture.shared().jdbc();
        AuditLog audit = new AuditLog(jdbc, new Node("schedules"), InstantSource.system());
        return new SchedulePauses(scheduler, jdbc, InstantSource.system(), audit, fires, new ScheduleRuns(jdbc));
    }

    /** Sets a column of all its triggers. */
    void set(String column, Object value) {
        jdbc.sql("UPDATE qrtz_triggers SET " + column + " = ? WHERE sched_name = ?")
                .params(value, name)
                .update();
    }

    /** Leaves what an instance leaves that is about to fire the schedule of a definition, or at it. */
    void fired(String instance, String state, String definition, Instant at) {
        jdbc.sql("""
                INSERT INTO qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group, instance_name,
                    fired_time, sched_time, priority, state, job_name, job_group, is_nonconcurrent, requests_recovery)
                VALUES (:scheduler, :instance, 'tick', :definition, :instance, :at, :at, 5, :state,
                    CASE WHEN :state <> 'ACQUIRED' THEN 'tick' END, CASE WHEN :state <> 'ACQUIRED' THEN :definition END,
                    false, :state <> 'ACQUIRED')""")
                .param("scheduler", name)
                .param("instance", instance)
                .param("definition", definition)
                .param("at", at.toEpochMilli())
                .param("state", state)
                .update();
    }

    /** The states of its triggers. */
    List<String> states() {
        return jdbc.sql("SELECT trigger_state FROM qrtz_triggers WHERE sched_name = ? ORDER BY trigger_name")
                .param(name)
                .query(String.class)
                .list();
    }

    @Override
    public void close() throws SchedulerException {
        for (SchedulerFactoryBean factory : factories) {
            factory.destroy();
        }
    }
}
