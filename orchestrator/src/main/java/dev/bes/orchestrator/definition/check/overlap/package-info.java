/** Folders and containers that must not overlap: what one definition delivers another one would score. */
@NamedInterface("check.overlap")
@NullMarked
package dev.bes.orchestrator.definition.check.overlap;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
