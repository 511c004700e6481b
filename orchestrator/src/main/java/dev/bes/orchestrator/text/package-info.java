/** Text from outside, made fit to be read, and hashes in hexadecimal. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.bes.orchestrator.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
