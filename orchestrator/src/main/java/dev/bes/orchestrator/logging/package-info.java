/** What the log needs beyond its library: one line for each message, and more of one run. `logback-spring.xml` names these classes. */
@ApplicationModule(allowedDependencies = {"text"})
@NullMarked
package dev.bes.orchestrator.logging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
