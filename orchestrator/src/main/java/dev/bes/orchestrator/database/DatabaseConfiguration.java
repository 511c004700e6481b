package dev.bes.orchestrator.database;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The connections to the database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {
    @Bean
    DatabaseState databaseState() {
        return new DatabaseState(System::nanoTime);
    }

    @Bean
    OutageLogFilter databaseNoise(DatabaseState state) {
        return new OutageLogFilter(state);
    }

    @Bean
    RequestConnections requestConnections(
            DatabaseSettings settings,
            DatabaseState state,
            @Value("${spring.datasource.hikari.maximum-pool-size}") int pool) {
        return new RequestConnections(settings.requestsOf(pool), state, System::nanoTime);
    }

    @Bean
    @DependsOn("databaseNoise")
    @ConfigurationProperties("spring.datasource.hikari")
    ConnectionPool dataSource(DataSourceProperties properties, DatabaseState state, RequestConnections requests) {
        ConnectionPool pool = new ConnectionPool(state, requests);
        pool.setJdbcUrl(properties.determineUrl());
        pool.setUsername(properties.determineUsername());
        pool.setPassword(properties.determinePassword());
        pool.setDriverClassName(properties.determineDriverClassName());
        return pool;
    }

    @Bean
    DatabaseMigration databaseWait(ConnectionPool pool, DatabaseSettings settings) {
        return new DatabaseMigration(pool, settings.longestWait(), System::nanoTime);
    }

    @Bean
    @DependsOnDatabaseInitialization
    ReservedConnection reservedConnection(ConnectionPool pool) {
        return new ReservedConnection(pool);
    }
}
