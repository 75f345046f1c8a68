/**
 * The main job: a file is cut into messages, sent between two endpoints over real UDP sockets through the impairment relay, once per
 * sharding policy with the same seed, put together again and compared.
 */
@NullMarked
package io.foreshard.examples.sendfile;

import org.jspecify.annotations.NullMarked;
