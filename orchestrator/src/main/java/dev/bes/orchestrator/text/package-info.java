/** Text from outside, made fit to be read. Knows nobody. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.bes.orchestrator.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
