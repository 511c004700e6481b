/** Text from outside, read strictly or made safe to read. Depends on no other package. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.bes.orchestrator.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
