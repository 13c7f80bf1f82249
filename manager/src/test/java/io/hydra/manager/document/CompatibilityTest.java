package io.hydra.manager.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each planted change is seen for what it is. */
class CompatibilityTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      security: [{token: []}]
      components:
        securitySchemes:
          token: {type: http, scheme: bearer}
          key: {type: apiKey, in: header, name: Key}
        schemas:
          Colour:
            type: string
            enum: [RED, GREEN]
          Open:
            type: string
            x-open-enum: true
            enum: [ONE, TWO]
          Thing:
            type: object
            required: [name]
            properties:
              name: {type: string, maxLength: 10, minLength: 2}
              size: {type: integer, format: int64, minimum: 0, maximum: 5}
              colour: {$ref: '#/components/schemas/Colour'}
              open: {$ref: '#/components/schemas/Open'}
              note: {type: [string, 'null']}
              inner: {anyOf: [{$ref: '#/components/schemas/Thing'}, {type: 'null'}]}
              list: {type: array, items: {type: string}}
              map: {type: object, additionalProperties: {type: integer}}
              level: {type: integer, default: 3}
      paths:
        /things/{id}:
          get:
            operationId: getThing
            parameters:
            - {name: id, in: path, required: true, schema: {type: string}}
            - {name: limit, in: query, schema: {type: integer}}
            - {name: order, in: query, schema: {type: string, default: up}}
            responses:
              '200':
                headers: {ETag: {schema: {type: string}}}
                content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
              '404': {description: none}
              '409': {description: refused, x-error-codes: [IN_USE, CONFLICT]}
          put:
            operationId: putThing
            requestBody:
              content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
            security: [{token: [write]}, {key: []}]
            responses:
              '204': {description: done}
          delete: {operationId: deleteThing, security: [], responses: {}}
      """;

  private static List<String> breaks(String from, String to) {
    var changed = DOCUMENT.replace(from, to);
    assertThat(changed).as("the change is planted").isNotEqualTo(DOCUMENT);
    return Compatibility.breaks(OpenApi.parse(DOCUMENT), OpenApi.parse(changed));
  }

  @Test
  void givenTheSameThenNothing() {
    assertThat(Compatibility.breaks(OpenApi.parse(DOCUMENT), OpenApi.parse(DOCUMENT))).isEmpty();
  }

  @Test
  void givenTheDocumentOfTheManagerThenItIsAsItself() {
    var document = OpenApi.read(Path.of("openapi.yaml"));

    assertThat(Compatibility.breaks(document, document)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/things/{id}: | /stuff/{id}: | get /things/{id} is gone",
        "    put: | \\x20   patch: | put /things/{id} is gone",
        "getThing | readThing | get /things/{id} has another operationId: readThing, not getThing",
        "name: limit | name: most | get /things/{id} has no parameter 'query limit' any more",
        "name: limit, in: query | name: limit, in: query, required: true | get /things/{id} now requires the parameter 'query limit'",
        "in: query, schema: {type: integer} | in: query, schema: {type: boolean} | get /things/{id} parameter 'query limit' does not take integer any more",
        "in: query, schema: {type: integer} | in: query, schema: {type: integer, maximum: 9} | get /things/{id} parameter 'query limit' has maximum 9 instead of",
        "requestBody: | requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}\\n      x: | put /things/{id} request is now required",
        "requestBody: | x-none: | put /things/{id} request has no body any more",
        "'404' | '410' | get /things/{id} response 404 is gone",
        "'204' | '200' | put /things/{id} response 204 is gone",
        "'404' | '202' | get /things/{id} may now succeed with status 202",
        "[IN_USE, CONFLICT] | [USED, CONFLICT] | get /things/{id} response 409 does not have the codes [IN_USE] any more",
        "ETag | Tag | get /things/{id} response 200 has no header ETag any more",
        "application/json: {schema | text/plain: {schema | get /things/{id} response 200 is not application/json any more",
        "name: {type: string, | title: {type: string, | get /things/{id} response 200 has no 'name' any more",
        "name: {type: string, | title: {type: string, | put /things/{id} request has no 'name' any more",
        "required: [name] | required: [name, size] | put /things/{id} request now requires [size]",
        "required: [name] | required: [] | get /things/{id} response 200 may now lack [name]",
        "maxLength: 10 | maxLength: 9 | put /things/{id} request.name has maxLength 9 instead of 10",
        "maxLength: 10 | maxLength: 11 | get /things/{id} response 200.name has maxLength 11 instead of 10",
        "minLength: 2 | minLength: 3 | put /things/{id} request.name has minLength 3 instead of 2",
        ", minLength: 2 | \"\" | get /things/{id} response 200.name has minLength  instead of 2",
        "maxLength: 10 | maxLength: 10, pattern: x | put /things/{id} request.name has pattern \"\"x\"\" instead of",
        "format: int64 | format: int32 | put /things/{id} request.size has the format 'int32' instead of 'int64'",
        "size: {type: integer | size: {type: string | get /things/{id} response 200.size may now be string",
        "size: {type: integer | size: {type: number | get /things/{id} response 200.size may now be number",
        "note: {type: [string, 'null']} | note: {type: string} | put /things/{id} request.note does not take null any more",
        "name: {type: string, | name: {type: [string, 'null'], | get /things/{id} response 200.name may now be null",
        "inner: {anyOf: [{$ref: '#/components/schemas/Thing'}, {type: 'null'}]} | inner: {$ref: '#/components/schemas/Thing'} | put /things/{id} request.inner does not take null any more",
        "[RED, GREEN] | [RED] | put /things/{id} request.colour does not take [GREEN] any more",
        "[RED, GREEN] | [RED, GREEN, BLUE] | get /things/{id} response 200.colour may now be [BLUE]",
        "[ONE, TWO] | [ONE] | put /things/{id} request.open does not take [TWO] any more",
        "items: {type: string} | items: {type: integer} | get /things/{id} response 200.list[] may now be integer",
        "additionalProperties: {type: integer} | additionalProperties: {type: string} | put /things/{id} request.map{} does not take integer any more",
        "default: up | default: down | get /things/{id} parameter 'query order' has the default \"\"down\"\" instead of \"\"up\"\"",
        ", default: up | \"\" | get /things/{id} parameter 'query order' has no default any more, which was \"\"up\"\"",
        "default: 3 | default: 4 | put /things/{id} request.level has the default 4 instead of 3",
        "default: 3 | default: 4 | get /things/{id} response 200.level has the default 4 instead of 3",
        "required: [name] | required: [name]\\n      additionalProperties: false | put /things/{id} request takes only the fields that it names now",
        "additionalProperties: {type: integer} | additionalProperties: false | put /things/{id} request.map takes only the fields that it names now",
        "security: [{token: []}] | security: [{key: []}] | get /things/{id} is not open to [token] any more",
        "security: [{token: []}] | security: [{token: [], key: []}] | get /things/{id} is not open to [token] any more",
        "getThing\\n | getThing\\n      security: [{token: [read]}]\\n | get /things/{id} is not open to [token] any more",
        "token: [write] | token: [write, admin] | put /things/{id} is not open to [token, token write] any more",
        ", {key: []}] | ] | put /things/{id} is not open to [key] any more",
        "deleteThing, security: [] | deleteThing | delete /things/{id} is not open to anybody any more",
        "scheme: bearer | scheme: basic | the security token is another one",
        "name: Key | name: Other | the security key is another one",
      })
  void givenAnIncompatibleChangeThenItIsTold(String from, String to, String expected) {
    assertThat(breaks(unescaped(from), unescaped(to)))
        .anyMatch(told -> told.startsWith(expected.replace("\"\"", "\"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "note: {type: [string, 'null']} | note: {type: [string, 'null']}\\n        more: {type: string}",
        "name: limit, in: query | name: cursor, in: query, schema: {type: string}}\\n      - {name: limit, in: query",
        "[ONE, TWO] | [ONE, TWO, THREE]",
        "'404' | '404': {description: none}\\n        '410'",
        "[IN_USE, CONFLICT] | [IN_USE, MORE, CONFLICT]",
        "\\npaths:\\n | \\npaths:\\n  /more:\\n    get: {operationId: more, responses: {}}\\n",
        "in: query, schema: {type: integer} | in: query, schema: {type: number}",
        "getThing\\n | getThing\\n      description: More words.\\n",
        "schema: {type: integer} | schema: {type: integer, default: 9}",
        "security: [{token: []}] | security: [{token: []}, {key: []}]",
        "security: [{token: []}] | security: []",
        "token: [write] | token: []",
        "additionalProperties: {type: integer} | additionalProperties: {type: integer, default: 1}",
        "scheme: bearer | scheme: bearer, description: A token"
      })
  void givenAnAdditionThenNothingIsTold(String from, String to) {
    assertThat(breaks(unescaped(from), unescaped(to))).isEmpty();
  }

  /** The table's columns are stripped, and of one line. */
  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\x20", " ");
  }
}
