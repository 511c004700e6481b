/** The way to PostgreSQL: the connections of engine and requests, outages, and what every statement needs. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.bes.orchestrator.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
