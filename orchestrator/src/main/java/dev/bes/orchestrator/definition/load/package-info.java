/** Loads a folder of definitions, and refuses all of them when one is invalid. */
@NamedInterface("load")
@NullMarked
package dev.bes.orchestrator.definition.load;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
