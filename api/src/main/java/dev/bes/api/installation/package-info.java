/** The JSON of endpoints, nodes, the audit and what needs attention. */
@NullMarked
package dev.bes.api.installation;

import org.jspecify.annotations.NullMarked;
