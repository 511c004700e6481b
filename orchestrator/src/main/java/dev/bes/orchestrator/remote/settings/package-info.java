/** The settings of endpoints and of the blob store. */
@NamedInterface("settings")
@NullMarked
package dev.bes.orchestrator.remote.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
