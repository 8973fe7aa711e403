"""A YAML language server as editors start it: records go in, what it marks, offers and says comes out."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.machine import needed


class LanguageServer:
    """A running server that speaks German; `project` is the folder that the editor has open, `schemas` its setting of this name."""

    def __init__(self, process: subprocess.Popen[bytes], project: Path, schemas: Mapping[str, str]) -> None:
        self.process, self.project = process, project
        self.settings = {
            "yaml": {
                "schemas": dict(schemas),
                "schemaStore": {"enable": False},
                "completion": True,
                "hover": True,
                "validate": True,
            }
        }
        self.marked: dict[str, list[dict[str, Any]]] = {}
        self.number = 0
        capabilities = {
            "textDocument": {
                "completion": {
                    "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}
                },
                "hover": {"contentFormat": ["markdown"]},
            },
            "workspace": {"configuration": True},
        }
        self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": project.as_uri(),
                "locale": "de",
                "capabilities": capabilities,
            },
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def problems(self, name: str, text: str) -> list[tuple[int, str]]:
        """Open a record with a text and return what is marked: line, beginning with 1, and message."""
        self.number += 1
        # A name of its own, or what is said when the last text is closed would be taken for what is said of this one.
        uri = (self.project / name).as_uri().replace(".yml", f"-{self.number}.yml")
        item = {"uri": uri, "languageId": "yaml", "version": self.number, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        while uri not in self.marked:
            self.receive()
        found = [(one["range"]["start"]["line"] + 1, one["message"]) for one in self.marked[uri]]
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        return found

    def at(self, method: str, name: str, text: str) -> Any:
        """Return the answer of a method for the place that `|` marks in a text."""
        before = text[: text.index("|")]
        place = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        uri = (self.project / name).as_uri()
        self.number += 1
        item = {"uri": uri, "languageId": "yaml", "version": self.number, "text": text.replace("|", "", 1)}
        self.tell("textDocument/didOpen", {"textDocument": item})
        answer = self.ask(method, {"textDocument": {"uri": uri}, "position": place})
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        return answer

    def completions(self, name: str, text: str) -> dict[str, dict[str, Any]]:
        """Return what is offered at `|`, by label."""
        return {item["label"]: item for item in self.at("textDocument/completion", name, text)["items"]}

    def hover(self, name: str, text: str) -> str:
        """Return what is said of the place at `|`."""
        answer = self.at("textDocument/hover", name, text)
        return str(answer["contents"]["value"]) if answer else ""

    def ask(self, method: str, params: Any) -> Any:
        self.number += 1
        number = self.number
        self.send({"id": number, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def send(self, message: Mapping[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        out = self.process.stdout
        assert out is not None
        size = 0
        while line := out.readline().strip():
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        assert size, "the language server ended"
        message: dict[str, Any] = json.loads(out.read(size))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.marked[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            wanted = [item.get("section") for item in message["params"]["items"]]
            answer = [self.settings.get(section, {}) for section in wanted]
            self.send({"id": message["id"], "result": answer})
        elif "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        return message


@contextmanager
def language_server(project: Path, schemas: Mapping[str, str]) -> Iterator[LanguageServer]:
    """Run a language server."""
    command = [needed("Node.js"), needed("yaml-language-server"), "--stdio"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **pipes) as process:
        try:
            yield LanguageServer(process, project, schemas)
        finally:
            process.kill()
