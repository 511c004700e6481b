package dev.bes.orchestrator.pipeline.batch;

import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What tests outside of this package need of it, and Spring Batch's own view of its tables. */
public final class BatchParts {
    /** Sets the repository and the operator up. */
    public static final Class<?> CONFIGURATION = BatchConfiguration.class;

    private BatchParts() {}

    /** Writes what has ended. */
    public static void flush(JobRepository repository) {
        ((WriteBehindJobRepository) repository).flush();
    }

    /** Spring Batch's own JDBC repository, as its factory makes it if nobody sets anything. */
    public static JobRepository jdbcRepository(DataSource dataSource) {
        try {
            JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
            factory.setDataSource(dataSource);
            factory.setJdbcOperations(new JdbcTemplate(dataSource));
            factory.setTransactionManager(new JdbcTransactionManager(dataSource));
            factory.afterPropertiesSet();
            return Objects.requireNonNull(factory.getObject());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The executions of all instances of a job, as Spring Batch reads them. */
    public static List<JobExecution> read(DataSource dataSource, String job) {
        JobRepository repository = jdbcRepository(dataSource);
        return repository.getJobInstances(job, 0, 10_000).stream()
                .flatMap(instance -> repository.getJobExecutions(instance).stream())
                .toList();
    }
}
