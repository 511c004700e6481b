/** How requests are read: what the Batch Execution and the Request/Response Service have in common. */
@NullMarked
package dev.bes.sandbox.request;

import org.jspecify.annotations.NullMarked;
