/** The service dashboard: the queue and the jobs of each web service, and a form to test it. */
@NullMarked
package dev.bes.sandbox.portal.services;

import org.jspecify.annotations.NullMarked;
