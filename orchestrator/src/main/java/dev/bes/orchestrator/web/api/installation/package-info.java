/** The REST API of what is installed: checks of definitions, schedules, endpoints, nodes. */
@NamedInterface("installation")
@NullMarked
package dev.bes.orchestrator.web.api.installation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
