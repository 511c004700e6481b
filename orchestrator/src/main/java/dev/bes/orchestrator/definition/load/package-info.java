/** Reads a folder of definitions, and refuses all of it when one is wrong. */
@NamedInterface("load")
@NullMarked
package dev.bes.orchestrator.definition.load;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
