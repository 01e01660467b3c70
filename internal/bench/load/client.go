package load

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"strconv"
)

// client is one kept connection. It speaks the part of HTTP/1.1 that Go's server
// answers with: net/http's own client costs about as much as the server beside
// it, and would be what is measured. It is not safe for concurrent use.
type client struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte // of the last reply; its memory is used again
	// cookie is name=value of the last reply's Set-Cookie, empty for none; cookies are all of them.
	cookie  string
	cookies []string
	gzipped bool // the last reply's body is
}

// dialFrom connects from an address of the loopback network 127.0.0.0/8, where the system has
// more than one of them (Linux), and else from any.
func dialFrom(local [4]byte, address string) (*client, error) {
	dialer := net.Dialer{}
	if runtime.GOOS == "linux" {
		dialer.LocalAddr = &net.TCPAddr{IP: local[:]}
	}
	conn, err := dialer.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return newClient(conn), nil
}

func newClient(conn net.Conn) *client { return &client{conn: conn, in: bufio.NewReader(conn)} }

// do sends a whole request and reads the reply: its body is in c.body until the
// next call. After an error the connection cannot be used.
func (c *client) do(request []byte) (status int, err error) {
	if _, err := c.conn.Write(request); err != nil {
		return 0, err
	}
	status, length, err := c.readHead()
	if err != nil {
		return 0, err
	}
	c.body = c.body[:0]
	if length >= 0 {
		return status, c.readPart(length)
	}
	return status, c.readChunks()
}

// readHead reads the status line and the headers. length is -1 for a body in
// chunks.
func (c *client) readHead() (status, length int, err error) {
	line, err := c.readLine()
	if err != nil {
		return 0, 0, err
	}
	if len(line) < len("HTTP/1.1 200") || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return 0, 0, fmt.Errorf("no HTTP/1.1 reply: %.60q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, 0, err
	}
	c.cookie, c.cookies, c.gzipped = "", c.cookies[:0], false
	for {
		line, err := c.readLine()
		if err != nil {
			return 0, 0, err
		}
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch string(name) {
		case "":
			return status, length, nil
		case "Content-Length":
			if length, err = strconv.Atoi(string(value)); err != nil {
				return 0, 0, err
			}
		case "Transfer-Encoding":
			length = -1
		case "Set-Cookie":
			pair, _, _ := bytes.Cut(value, []byte(";"))
			c.cookie = string(pair)
			c.cookies = append(c.cookies, c.cookie)
		case "Content-Encoding":
			c.gzipped = string(value) == "gzip"
		case "Connection":
			return 0, 0, fmt.Errorf("status %d, and the server ends the connection", status)
		}
	}
}

// readLine returns a line without its end; it is valid until the next read.
func (c *client) readLine() ([]byte, error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(line[:len(line)-1], []byte("\r")), nil
}

// readPart appends the next length bytes to the body.
func (c *client) readPart(length int) error {
	at := len(c.body)
	if missing := at + length - cap(c.body); missing > 0 {
		c.body = append(c.body[:cap(c.body)], make([]byte, missing)...)
	}
	c.body = c.body[:at+length]
	_, err := io.ReadFull(c.in, c.body[at:])
	return err
}

func (c *client) readChunks() error {
	for {
		line, err := c.readLine()
		if err != nil {
			return err
		}
		length, err := strconv.ParseUint(string(line), 16, 20)
		if err != nil {
			return err
		}
		if err := c.readPart(int(length)); err != nil {
			return err
		}
		end, err := c.readLine()
		if err == nil && len(end) != 0 {
			err = errors.New("a chunk does not end where it says")
		}
		if err != nil || length == 0 {
			return err
		}
	}
}

// appendPost appends a POST request. cookie is name=value or empty.
func appendPost(b []byte, cookie string, body []byte, path ...[]byte) []byte {
	b = append(b, "POST "...)
	for _, part := range path {
		b = append(b, part...)
	}
	b = append(b, " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"...)
	if cookie != "" {
		b = append(b, "Cookie: "...)
		b = append(b, cookie...)
		b = append(b, "\r\n"...)
	}
	b = append(b, "Content-Length: "...)
	b = strconv.AppendInt(b, int64(len(body)), 10)
	b = append(b, "\r\n\r\n"...)
	return append(b, body...)
}
