/**
 * A session between two edges: its legs, and the streams that are spread over them. In: what flows bring, and frames from legs. Out:
 * frames for legs, and streams put together again. All of a session belongs to one event loop; nothing here knows a relay or a target.
 */
package io.foreshard.flowsharder.session;
