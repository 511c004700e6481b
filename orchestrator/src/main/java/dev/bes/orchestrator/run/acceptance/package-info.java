/** Accepts runs: the one place where triggers write. */
@NamedInterface("acceptance")
@NullMarked
package dev.bes.orchestrator.run.acceptance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
